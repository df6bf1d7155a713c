# Lists, filters and exports.
shop installed
$ connect shopify --store main --shop tea-and-cups --auth client-credentials -q
$ import run --yes -q
$ catalog products
$ catalog variants
$ catalog media
$ catalog categories
$ catalog memberships
$ catalog warehouses
$ catalog stock
$ catalog products -o json
$ catalog variants --limit 3 -o json
$ catalog media --limit 3 -o jsonl
$ catalog categories -o jsonl
$ catalog memberships --limit 0 -o csv
$ catalog warehouses -o csv
$ catalog stock -o csv
$ catalog products -o csv --limit 2
$ catalog stock -o jsonl
$ catalog products --search tea
$ catalog products --search '100%'
$ catalog products --filter no-category
$ catalog products --filter no-media
$ catalog products --filter not-active
$ catalog products --filter missing
$ catalog stock --filter below-zero
$ catalog stock --filter zero --warehouse 'Shop York'
$ catalog stock --filter untracked
$ catalog stock --filter inactive
$ catalog stock --filter nonsense
$ catalog stock --warehouse Nowhere
$ catalog stock --search POT-1 -q
$ catalog nothing
$ catalog products --store other
$ catalog variants --limit ten
$ warehouses list
$ warehouses show 1
$ warehouses show 'Shop York' -o json
$ warehouses show 99
$ catalog media -o html
