# Several stores, their settings, and the state file.
generated 40 installed
write ~/.config/eshopctl/config.yaml stores:\n  second:\n    max_create: 1\n
$ connect shopify --store main --shop {shop} --auth client-credentials
$ connect shopify --store second --shop tea-and-cups --auth client-credentials -q
$ connect shopify --store third --shop tea-and-cups --auth client-credentials
$ import run --all-stores --yes --parallel 1
$ import preview --all-stores -o json --parallel 1
$ status --all-stores
$ reconcile --all-stores --parallel 1
$ import run --all-stores --yes -o jsonl --parallel 1
$ import run --all-stores --store main --yes --parallel 1
$ state info
$ state info -o json
$ state backup ~/backup.db
$ state backup ~/backup.db
$ import run --yes --only products
$ state restore ~/backup.db
$ state restore ~/backup.db --yes
$ state restore ~/none.db --yes
$ runs list
$ --state ~/other.db status
$ --state ~/other.db runs list
env ESHOPCTL_STORE=elsewhere
$ status
$ import preview
env ESHOPCTL_STORE=
env ESHOPCTL_OUTPUT=json
$ status
$ runs prune --keep 1
env ESHOPCTL_OUTPUT=
$ runs prune --keep 1
$ disconnect shopify --store main --yes
$ import run --all-stores --yes --parallel 1
