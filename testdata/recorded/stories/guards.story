# What stops a run, before and after the shop was asked.
shop installed
$ connect shopify --store main --shop tea-and-cups --auth client-credentials -q
$ import run
$ import run --yes --max-create 3
$ import run --yes --fail-on W-SKU-DUPLICATE
$ import run --yes --fail-on any -o json
$ import run --yes --fail-on W-NONE-SUCH
$ import run --yes --max-update lots
$ import preview
$ import run {4} --yes --max-plan-age 0s
$ import run {4} --yes
$ import run {4} --yes
$ import run 20260101-0000-abcdefg --yes
$ import run --yes --accept-warnings-of latest --fail-on any
$ import preview -q
sql UPDATE products SET title = 'Edited' WHERE slug = 'enamel-mug'
retitle enamel-mug Mug
$ import preview --changes
sql UPDATE products SET title = 'Edited again' WHERE slug = 'enamel-mug'
$ import run latest --yes
stock POT-1 'Warehouse Leeds' 0
stock MUG-1 'Warehouse Leeds' 0
stock JUG-1 'Warehouse Leeds' 0
$ import run --yes --max-zeroed 1
$ import run --yes --max-zeroed 90%
remove-product stoneware-teapot
remove-product milk-jug
$ import run --yes --max-missing 1 -o json
$ import run --yes --max-missing off
$ runs changes latest --action zero
$ runs show latest -o json
$ runs list --status failed
