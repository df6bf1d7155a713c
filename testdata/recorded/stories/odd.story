# What no shop should say.
shop installed
$ connect shopify --store main --shop tea-and-cups --auth client-credentials -q
$ import run --yes -q
switch say=Product/porcelain-cup.title=null
switch say=ProductVariant/POT-1.price="1,50"
$ import preview --changes
$ import run --yes
$ runs warnings latest
$ reconcile --changes
switch miscount=Product/porcelain-cup.variantsCount=1
$ import run --yes
$ import run --yes --reader bulk
switch share-item=MUG-1,MUG-2
switch item-without-variant=JUG-1
$ import run --yes -o jsonl
$ explain stock MUG-2
$ explain stock JUG-1
switch unknown-stock=MUG-3,Shop York
$ import run --yes
$ catalog stock --search MUG-
switch bulk-refused=not-enabled
$ import preview --reader bulk
$ import preview --reader bulk -o json
switch unlisted-location=Shop York
$ import run --yes --reader paged
retitle enamel-mug '=cmd|x'
describe enamel-mug '<script>alert(1)</script>'
$ import run --yes
$ catalog products --search cmd -o csv
$ catalog products --search cmd -o jsonl
$ runs show latest -o html
