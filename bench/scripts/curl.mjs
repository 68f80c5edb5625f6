import { execFileSync } from 'node:child_process';

const url = `${process.argv[2]}/bob/?metadata=1`;
const text = execFileSync('curl', ['--silent', '--show-error', '--compressed', url]).toString('utf8');
console.log(JSON.stringify(JSON.parse(text)));
