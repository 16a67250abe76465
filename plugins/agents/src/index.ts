export { agentsPlugin as default } from './plugin';
