# Links that are made, moved, lost and mended by hand.
shop installed
$ connect shopify --store main --shop tea-and-cups --auth client-credentials -q
$ import run --yes -q
$ warehouses list -o json
$ warehouses unlink 1
$ import preview
$ import run --yes
$ doctor warehouses
$ warehouses list
$ warehouses link 1 gid://shopify/Location/1
$ warehouses link 1 'Shop York'
$ warehouses link 1 'Shop York' --move
$ warehouses link 1 'Warehouse Leeds' --move -o json
$ warehouses link --new 'Shop York'
$ warehouses list
$ import run --yes
$ warehouses merge 2 2 --yes
$ warehouses merge 7 2
$ warehouses merge 2 7 --yes
$ warehouses list -o jsonl
$ import run --yes
$ import run --yes
open-location 'Shop Whitby'
open-location 'Shop Whitby'
$ import preview
$ import run --yes
close-location 'Shop York'
sql UPDATE warehouses SET external_id = NULL, account = NULL WHERE id = 1
$ import preview --changes
$ import run --yes
$ warehouses unlink Nowhere
$ warehouses show 1
$ runs list --kind import
