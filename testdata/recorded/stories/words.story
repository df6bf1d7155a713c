# Help, completion and what was typed wrongly.
$ --help
$ help
$ version -o json
$ help exit-codes
$ help warnings
$ help environment
$ help import run
$ connect --help
$ import preview --help
$ catalog stock --help
$ sandbox --help
$ bogus
$ stauts
$ import
$ import preview --bogus
$ runs show
$ status -o xml
$ runs list --kind imprt --limit 3
$ status --check --max-age 2days
$ import preview --only products,stok
$ completion bash
$ completion fish
$ completion bsh
$ __complete import p
$ __complete catalog ''
$ __complete import preview --only ''
$ sandbox --listen 0.0.0.0:80
$ sandbox --products 5 --switch nonsense
$ runs show latest -o json
$ --config ~/none.yaml status
$ state restore
$ demo -q
$ demo
