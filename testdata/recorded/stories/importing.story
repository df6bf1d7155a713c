# A week of a store: previews, runs, edits on both sides, and every way to look at them.
shop installed
$ connect shopify --store main --shop tea-and-cups --auth client-credentials
$ import preview --changes
$ import preview --exit-code -o json
$ import run latest --yes
$ import run --yes
$ import run --yes -o json --reader bulk
$ status --check
$ status --metrics-file ~/status.prom
show ~/status.prom
$ runs list
$ runs show latest
$ runs show {1}
$ runs warnings latest
$ runs warnings latest --code W-SKU-DUPLICATE -o jsonl
price POT-1 42.00
retitle enamel-mug 'Mug of enamel'
rename-location 'Shop York' 'Shop York Minster'
sell JUG-1 'Warehouse Leeds' 2
add-product gaiwan Gaiwan
remove-product breakfast-tea
remove-variant MUG-2
sql UPDATE products SET title = 'Mine' WHERE slug = 'milk-jug'
sql UPDATE variants SET price = '11.00' WHERE sku = 'MUG-1'
sql DELETE FROM media WHERE id = (SELECT max(id) FROM media)
price MUG-1 10.00
$ reconcile
$ reconcile --exit-code --changes
$ reconcile -o json
$ import preview --changes
$ import preview --changes -o json
$ import preview --keep-local-edits --changes
$ import run --yes --keep-local-edits
$ import run --yes --metrics-file ~/run.prom
show ~/run.prom
$ import run --yes
$ runs changes {2}
$ runs changes latest
$ runs compare {2} latest
$ runs compare latest {1} -o json
$ runs changes {9} --resource variants --action update -o jsonl
$ runs list --kind import --status partial
$ runs list --limit 3 -o jsonl
$ explain stock JUG-1
$ explain stock POT-1 -o json
$ explain stock NOTHING
$ reconcile -o html --out ~/reconcile.html
show ~/reconcile.html
$ runs show latest -o html
$ import run --yes --archive-missing
$ import preview --from latest
$ runs prune --keep 2
$ runs changes {1}
$ import preview --from {1}
$ status
$ doctor
$ doctor --all -o json
$ doctor stock
$ doctor data --max-age 1h
