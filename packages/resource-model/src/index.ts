export * from './resource';
export * from './ref';
export * from './defineKind';
export * from './ApiError';
export * from './KindRegistry';
