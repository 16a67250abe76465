import { coreServices, createBackendModule } from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { TechdocsGenerator, techdocsGeneratorExtensionPoint } from '@backstage/plugin-techdocs-node';
import { generateSite } from './generateSite';
import { sourceLinksOf } from './sourceLinks';

/** Documentation is built by Krate itself: TechDocs' own generator needs Python, mkdocs or Docker on the machine. */
export const techdocsModule = createBackendModule({
  pluginId: 'techdocs',
  moduleId: 'krate',
  register(env) {
    env.registerInit({
      deps: { generator: techdocsGeneratorExtensionPoint, config: coreServices.rootConfig },
      async init({ generator, config }) {
        const integrations = ScmIntegrations.fromConfig(config);
        const ours: Pick<TechdocsGenerator, 'run'> = {
          run: options =>
            generateSite({
              ...options,
              sources: sourceLinksOf(options.parsedLocationAnnotation, integrations),
            }),
        };
        // The extension point asks for the class; nothing but `run` is called.
        generator.setTechdocsGenerator(ours as TechdocsGenerator);
      },
    });
  },
});
