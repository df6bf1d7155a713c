# Less than everything: parts, scopes that go, shops that refuse.
shop installed
$ connect shopify --store main --shop tea-and-cups --auth client-credentials -q
$ import run --yes --only products
$ status
$ import run --yes --only products,warehouses -o json
$ import preview --only stock
$ import preview --only nonsense
$ import run --yes
switch take-scope=read_inventory
$ import preview
$ import run --yes
$ import run --yes --only stock
$ status
$ status --probe -o json
$ doctor connection
$ doctor stock POT-1
$ reconcile
switch give-scope=read_inventory
$ import run --yes
freeze
$ import preview
$ status --probe
$ doctor
thaw
$ status --probe
revoke
$ import preview
uninstall
$ import preview -o json
$ status
$ doctor
$ connect shopify --store main --auth client-credentials
switch leave-out=Product.mediaCount
$ import run --yes
switch deny-field=inventoryLevels
$ import run --yes
$ runs list -o json --limit 2
