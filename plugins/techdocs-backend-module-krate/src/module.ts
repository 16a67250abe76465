import { createBackendModule } from '@backstage/backend-plugin-api';
import { TechdocsGenerator, techdocsGeneratorExtensionPoint } from '@backstage/plugin-techdocs-node';
import { generateSite } from './generateSite';

/** Documentation is built by Krate itself: TechDocs' own generator needs Python, mkdocs or Docker on the machine. */
export const techdocsModule = createBackendModule({
  pluginId: 'techdocs',
  moduleId: 'krate',
  register(env) {
    env.registerInit({
      deps: { generator: techdocsGeneratorExtensionPoint },
      async init({ generator }) {
        const ours: Pick<TechdocsGenerator, 'run'> = { run: generateSite };
        // The extension point asks for the class; nothing but `run` is called.
        generator.setTechdocsGenerator(ours as TechdocsGenerator);
      },
    });
  },
});
