package staging

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/walk"
)

// writeVariants writes the variants and notes what they link to. Stock needs these links
// even if products were not asked for.
func (w *pass) writeVariants() error {
	write := w.isAsked(importer.Variants)
	if write {
		if err := w.replacedTexts(importer.Variants); err != nil {
			return err
		}
	}
	err := walk.PairKeys(w.intakes.finalRecords(importer.Variants),
		familiesOf(importer.MediaLinks, w.intakes.finalRecords(importer.MediaLinks), 0), keyOfFound(importer.Variants), keyOfFamily,
		func(_ string, variant *arrival, shows *family) error {
			if variant == nil {
				return nil // the variant or its product is gone
			}
			if w.rereads.wentAlong(importer.Variants, variant.record) {
				w.rereads.noteLapsed(variant.record)
				return nil
			}
			if write {
				w.census.countPart(importer.Variants, variant.record[importer.VariantProduct].Text())
				w.noteMislaid(variant.record)
			}
			if shows != nil && slices.ContainsFunc(shows.of, leadsNowhere) {
				w.nowhere[variant.record[importer.VariantProduct].Text()] = true
			}
			if err := w.linkVariant(*variant, shows); err != nil || !write {
				return err
			}
			if err := w.keepRecord(importer.Variants, *variant); err != nil {
				return err
			}
			return w.checkSKU(variant.record)
		})
	if err != nil || !write {
		return err
	}
	return w.warnDuplicateSKUs()
}

// noteMislaid notes a product that was read again only because an unfit variant did not say
// that it belongs to it.
func (w *pass) noteMislaid(variant importer.Record) {
	ref := importer.ParentRef{Part: importer.Variants, ID: variant[importer.VariantProduct].Text()}
	if importer.Variants.IsUnfit(variant) && w.rereads.reread[ref] {
		w.rereads.explained[ref] = true
	}
}

// linkVariant notes what media and stock need to know of a variant. Links from before its
// product was read again do not count, nor do those of a variant that will be rejected.
func (w *pass) linkVariant(variant arrival, shows *family) error {
	id, product, sound := variant.record[0], variant.record[importer.VariantProduct].Text(), importer.Variants.IsSound(variant.record)
	if shows != nil && sound {
		for _, shown := range shows.of {
			if w.rereads.putBefore(importer.ParentRef{Part: importer.Variants, ID: product}, shown.sequence) {
				continue
			}
			if err := w.links.byMedia.PutEntry([]byte(importer.JoinKey(product, shown.record[1].Text())), []byte(id.Text())); err != nil {
				return err
			}
		}
	}
	item := importer.Record{id, variant.record[importer.VariantTracked], variant.record[importer.VariantSKU], importer.Flag(sound)}
	return w.links.byItem.PutEntry([]byte(variant.record[importer.VariantItem].Text()), importer.AppendRecord(nil, item))
}

// leadsNowhere reports whether a link has no media item.
func leadsNowhere(link arrival) bool { return link.record[1].Text() == "" }

func (w *pass) checkSKU(variant importer.Record) error {
	if importer.Variants.IsUnfit(variant) {
		return nil
	}
	sku := variant[importer.VariantSKU].Text()
	if strings.TrimSpace(sku) != "" {
		return w.links.bySKU.PutEntry([]byte(sku), []byte(variant[0].Text()))
	}
	return w.warn(importer.WarnSKUMissing, importer.Variants, variant[0].Text(),
		fmt.Sprintf("the variant %q has no SKU", variant[importer.VariantTitle].Text()),
		"give it one in the shop if other systems find it by SKU")
}

func (w *pass) warnDuplicateSKUs() error {
	var sku, first string
	for entry, err := range w.links.bySKU.SortedEntries() {
		if err != nil {
			return err
		}
		if first != "" && string(entry.Key) == sku {
			if err := w.warn(importer.WarnSKUDuplicate, importer.Variants, string(entry.Payload),
				fmt.Sprintf("SKU %q is also the SKU of %s", sku, first),
				"give each variant its own SKU in the shop"); err != nil {
				return err
			}
		}
		sku, first = string(entry.Key), string(entry.Payload)
	}
	return nil
}

// The values of a media item beside its columns.
const (
	mediaMIME = iota
	mediaOrder
)

// shownByUnknown marks a media item unfit if a variant of its product shows an item without
// an id: it may be this one. If the product has an item without an id it is that one.
func (w *pass) shownByUnknown(item *arrival) {
	product := item.record[importer.MediaProduct].Text()
	lacksID := func(n importer.NamelessRecord) bool { return n.Table == importer.Media.Name && n.Parent == product }
	if !w.nowhere[product] || importer.Media.IsUnfit(item.record) || slices.ContainsFunc(w.nameless, lacksID) {
		return
	}
	importer.Media.MarkUnfit(item.record, 0, "a variant of its product shows a media item without an id")
}

// writeMedia writes the media items with their positions and the variants that show them.
func (w *pass) writeMedia() error {
	if !w.isAsked(importer.Media) {
		return nil
	}
	if err := w.replacedTexts(importer.Media); err != nil {
		return err
	}
	return walk.PairKeys(w.placeMedia(w.intakes.finalRecords(importer.Media)), groupEntries(w.links.byMedia.SortedEntries()),
		keyOfFound(importer.Media), keyOfGroup,
		func(_ string, item *arrival, shownBy *group) error {
			if item == nil {
				return nil // a variant shows media of another product: there is nothing to link
			}
			w.census.countPart(importer.Media, item.record[importer.MediaProduct].Text())
			item.record[importer.MediaVariants] = importer.NoNames
			if shownBy != nil {
				item.record[importer.MediaVariants] = importer.StringSet(slices.Compact(shownBy.payloads)) // a link may come twice
			}
			w.shownByUnknown(item)
			if err := w.checkMedia(*item); err != nil {
				return err
			}
			return w.keepRecord(importer.Media, *item)
		})
}

// placeMedia sets the positions of media items within their products. Items without an id
// count, too.
func (w *pass) placeMedia(items iter.Seq2[arrival, error]) iter.Seq2[arrival, error] {
	nameless := map[string][]int64{}
	for _, one := range w.nameless {
		if one.Table == importer.Media.Name {
			nameless[one.Parent] = append(nameless[one.Parent], one.Order)
		}
	}
	return func(yield func(arrival, error) bool) {
		for product, err := range familiesOf(importer.Media, items, importer.MediaProduct) {
			if err != nil {
				yield(arrival{}, err)
				return
			}
			numberMedia(product.of, nameless[product.parent])
			for _, item := range product.of {
				if !yield(item, nil) {
					return
				}
			}
		}
	}
}

// numberMedia numbers the media of a product by Order. others are the orders of items
// without an id.
func numberMedia(items []arrival, others []int64) {
	byOrder := func(a, b arrival) int { return cmp.Compare(a.more[mediaOrder].Int(), b.more[mediaOrder].Int()) }
	inOrder := items
	if !slices.IsSortedFunc(items, byOrder) { // most are
		inOrder = slices.Clone(items)
		slices.SortStableFunc(inOrder, byOrder)
	}
	for i, item := range inOrder {
		item.record[importer.MediaPosition] = importer.Whole(int64(i + 1 + inFront(others, item.more[mediaOrder].Int())))
	}
}

// inFront counts the orders that are less than order.
func inFront(others []int64, order int64) (n int) {
	for _, other := range others {
		if other < order {
			n++
		}
	}
	return n
}

func (w *pass) checkMedia(item arrival) error {
	if importer.Media.IsUnfit(item.record) {
		return nil
	}
	if status := item.record[importer.MediaStatus].Text(); status != "ready" {
		return w.warn(importer.WarnMediaNotReady, importer.Media, importer.Media.Key(item.record),
			fmt.Sprintf("the shop has not made it ready (%s), so it has no address yet", status),
			"run the import again later; if it failed, upload it again in the shop")
	}
	kind, mime := item.record[importer.MediaType].Text(), item.more[mediaMIME].Text()
	if kind == "image" && slices.Contains([]string{"", "image/jpeg", "image/jpg", "image/png", "image/webp"}, mime) {
		return nil
	}
	if kind == "image" {
		kind = mime
	}
	return w.warn(importer.WarnMediaType, importer.Media, importer.Media.Key(item.record),
		"eshopOS shows JPEG, PNG and WebP images only; this is "+kind,
		"replace it in the shop if the storefront is to show it")
}
