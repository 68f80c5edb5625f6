import fetch from 'sync-fetch';

console.log(JSON.stringify(fetch(`${process.argv[2]}/bob/?metadata=1`).json()));
