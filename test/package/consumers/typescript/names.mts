// Every declaration of both entries, and nothing else.
export * from 'mixcloud-client';
export * from 'mixcloud-client/sync';
