export * from './postgresForTests';
