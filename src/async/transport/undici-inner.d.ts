// The inner module has no declarations. Its class is the one that undici's entry exports.
declare module 'undici/lib/dispatcher/agent.js' {
  export { Agent as default } from 'undici';
}
