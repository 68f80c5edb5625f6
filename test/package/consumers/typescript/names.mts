// Every declaration of all entries, and nothing else.
export * from 'mixcloud-client';
export * from 'mixcloud-client/sync';
export * from 'mixcloud-client/testing';
