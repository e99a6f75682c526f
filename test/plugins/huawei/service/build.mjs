console.log(`built, with ${Object.keys(process.env).filter((name) => /^(HW|TF_VAR|AWS)_/.test(name)).length} keys`);
