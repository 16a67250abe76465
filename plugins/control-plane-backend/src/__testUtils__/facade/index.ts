export * from './TestFacade';
