import type { operations } from './generated/openApi';

/** The id of an operation of the REST facade. */
export type OperationId = keyof operations;

type Parameters<Id extends OperationId> = operations[Id]['parameters'];
type Part<Id extends OperationId, Name extends 'path' | 'query'> =
  Parameters<Id> extends { [N in Name]: infer P }
    ? { [N in Name]: P }
    : Parameters<Id> extends { [N in Name]?: infer P }
      ? { [N in Name]?: P }
      : object;
type BodyPart<Id extends OperationId> = operations[Id] extends {
  requestBody: { content: { 'application/json': infer B } };
}
  ? { body: B }
  : operations[Id] extends { requestBody?: { content: { 'application/json': infer B } } }
    ? { body?: B }
    : object;

/** What an operation is given: its parameters and its body, as the document says. */
export type OperationInput<Id extends OperationId> = Part<Id, 'path'> & Part<Id, 'query'> & BodyPart<Id>;

type Answers<Id extends OperationId> = operations[Id]['responses'];
type JsonOf<Answer> = Answer extends { content: { 'application/json': infer B } } ? B : never;

/** What an operation answers when it does what was asked. */
export type OperationOutput<Id extends OperationId> = {
  [Code in Extract<keyof Answers<Id>, 200 | 201 | 202>]: JsonOf<Answers<Id>[Code]>;
}[Extract<keyof Answers<Id>, 200 | 201 | 202>];
