const response = await fetch(`${process.argv[2]}/bob/?metadata=1`);
console.log(JSON.stringify(await response.json()));
