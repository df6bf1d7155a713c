# Every way to connect, and what may go wrong on it.
$ status
$ status -o json
$
$ import preview --store main
$ import run --store main --yes -o json
$ catalog products
$ runs list
$ doctor
shop
$ connect shopify --store main
$ connect shopify --store main --shop tea-and-cups.com
$ connect shopify --store 'Not A Name!' --shop tea-and-cups
$ connect shopify --store main --shop no-such-shop --auth client-credentials
deny
$ connect shopify --store main --shop tea-and-cups --auth browser
$ status
$ connect shopify --store main --shop tea-and-cups --auth browser
$ status --store main
$ status --store main -o json
$ connect shopify --store third --shop tea-and-cups --auth client-credentials
install
$ connect shopify --store main --shop tea-and-cups --auth client-credentials
$ connect shopify --store main --auth client-credentials -o json
< {token}
$ connect shopify --store second --shop tea-and-cups --auth token
$ status --store second
< not-a-token
$ connect shopify --store third --shop tea-and-cups --auth token
< {token}
$ connect shopify --store main --auth token --only products,stock
$ status
$ connect shopify --store main --auth client-credentials --only all -q
$ disconnect shopify --store main
$ disconnect shopify --store main --yes
$ disconnect shopify --store main --yes
$ status --check
$ status --check --store main
$ import preview --store main
$ connect shopify --store main
$ connect shopify --store main --auth browser --permanent-token
$ disconnect shopify --store main --yes --local -o json
$ connect shopify --store main --auth client-credentials
$ disconnect shopify --store main --uninstall --yes
$ status -o jsonl
