export * from './ResourceStore';
