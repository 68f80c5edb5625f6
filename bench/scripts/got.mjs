import got from 'got';

console.log(JSON.stringify(await got(`${process.argv[2]}/bob/?metadata=1`).json()));
