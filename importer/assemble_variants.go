package importer

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
	"strings"
)

var (
	variantProduct = Variants.Column("product_external_id")
	variantItem    = Variants.Column("inventory_item_id")
	variantTitle   = Variants.Column("title")
	variantSKU     = Variants.Column("sku")
	variantTracked = Variants.Column("tracked")
)

// variants writes the variants and notes what they link. Stock needs the links
// even when products were not asked for.
func (w *assembling) variants() error {
	write := w.asked(Variants)
	if write {
		if err := w.replacedTexts(Variants); err != nil {
			return err
		}
	}
	err := pair(w.final(Variants), families(MediaLinks, w.final(MediaLinks), 0), keyOfFound(Variants), keyOfFamily,
		func(_ string, variant *found, shows *family) error {
			if variant == nil {
				return nil // it is gone, or its product is
			}
			if w.wentAlong(Variants, variant.record) {
				w.lapse(variant.record)
				return nil
			}
			if write {
				w.count(Variants, variant.record[variantProduct].text)
				w.mislaid(variant.record)
			}
			if shows != nil && slices.ContainsFunc(shows.of, leadsNowhere) {
				w.nowhere[variant.record[variantProduct].text] = true
			}
			if err := w.link(*variant, shows); err != nil || !write {
				return err
			}
			if err := w.keep(Variants, *variant); err != nil {
				return err
			}
			return w.checkSKU(variant.record)
		})
	if err != nil || !write {
		return err
	}
	return w.skus()
}

// mislaid notes a product that was read again only because a variant did not say that it
// belongs there.
func (w *assembling) mislaid(variant Record) {
	ref := ParentRef{Variants, variant[variantProduct].text}
	if Variants.unfits(variant) && w.reread[ref] {
		w.explained[ref] = true
	}
}

// link notes what media and stock must know of a variant. Links that were given
// before its product was read anew do not count, nor does what a variant shows that
// will be rejected.
func (w *assembling) link(variant found, shows *family) error {
	id, product, sound := variant.record[0], variant.record[variantProduct].text, Variants.Sound(variant.record)
	if shows != nil && sound {
		for _, shown := range shows.of {
			if w.putBefore(ParentRef{Variants, product}, shown.sequence) {
				continue
			}
			if err := w.byMedia.Put([]byte(JoinKey(product, shown.record[1].text)), []byte(id.text)); err != nil {
				return err
			}
		}
	}
	item := Record{id, variant.record[variantTracked], variant.record[variantSKU], Flag(sound)}
	return w.byItem.Put([]byte(variant.record[variantItem].text), AppendRecord(nil, item))
}

// leadsNowhere reports whether a link names no media item.
func leadsNowhere(link found) bool { return link.record[1].text == "" }

// shownByUnknown notes that it is not known which variants show a media item, because
// one shows what has no id. Where the product has an item without an id, that is the one.
func (w *assembling) shownByUnknown(item *found) {
	product := item.record[mediaProduct].text
	lacksID := func(n Nameless) bool { return n.Table == Media.Name && n.Parent == product }
	if !w.nowhere[product] || Media.unfits(item.record) || slices.ContainsFunc(w.nameless, lacksID) {
		return
	}
	Media.unfit(item.record, 0, "a variant of its product shows a media item without an id")
}

func (w *assembling) checkSKU(variant Record) error {
	if Variants.unfits(variant) {
		return nil
	}
	sku := variant[variantSKU].text
	if strings.TrimSpace(sku) != "" {
		return w.bySKU.Put([]byte(sku), []byte(variant[0].text))
	}
	return w.warn(WarnSKUMissing, Variants, variant[0].text, fmt.Sprintf("the variant %q has no SKU", variant[variantTitle].text),
		"give it one in the shop if other systems find it by SKU")
}

func (w *assembling) skus() error {
	var sku, first string
	for entry, err := range w.bySKU.Sorted() {
		if err != nil {
			return err
		}
		if first != "" && string(entry.Key) == sku {
			if err := w.warn(WarnSKUDuplicate, Variants, string(entry.Payload), fmt.Sprintf("SKU %q is also the SKU of %s", sku, first),
				"give each variant its own SKU in the shop"); err != nil {
				return err
			}
		}
		sku, first = string(entry.Key), string(entry.Payload)
	}
	return nil
}

var (
	mediaProduct  = Media.Column("product_external_id")
	mediaType     = Media.Column("type")
	mediaStatus   = Media.Column("status")
	mediaPosition = Media.Column("position")
	mediaVariants = Media.Column("variant_external_ids")
)

// What is said of a media item beside its columns.
const (
	mediaMIME = iota
	mediaOrder
)

// media writes the media items with their place among those of their product,
// and the variants that show them.
func (w *assembling) media() error {
	if !w.asked(Media) {
		return nil
	}
	if err := w.replacedTexts(Media); err != nil {
		return err
	}
	return pair(w.placed(w.final(Media)), group(w.byMedia.Sorted()), keyOfFound(Media), keyOfGroup,
		func(_ string, item *found, shownBy *grouped) error {
			if item == nil {
				return nil // a variant shows media of another product; nothing to link
			}
			w.count(Media, item.record[mediaProduct].text)
			item.record[mediaVariants] = noNames
			if shownBy != nil {
				item.record[mediaVariants] = Names(slices.Compact(shownBy.payloads)) // a link may come twice
			}
			w.shownByUnknown(item)
			if err := w.checkMedia(*item); err != nil {
				return err
			}
			return w.keep(Media, *item)
		})
}

// placed gives media items their positions among those of their product, with those
// that have no id.
func (w *assembling) placed(items iter.Seq2[found, error]) iter.Seq2[found, error] {
	nameless := map[string][]int64{}
	for _, one := range w.nameless {
		if one.Table == Media.Name {
			nameless[one.Parent] = append(nameless[one.Parent], one.Order)
		}
	}
	return func(yield func(found, error) bool) {
		for product, err := range families(Media, items, mediaProduct) {
			if err != nil {
				yield(found{}, err)
				return
			}
			number(product.of, nameless[product.parent])
			for _, item := range product.of {
				if !yield(item, nil) {
					return
				}
			}
		}
	}
}

// number counts the positions of a product's media, beside others of which only the
// order is known.
func number(items []found, others []int64) {
	byOrder := func(a, b found) int { return cmp.Compare(a.more[mediaOrder].Int(), b.more[mediaOrder].Int()) }
	inOrder := items
	if !slices.IsSortedFunc(items, byOrder) { // most are
		inOrder = slices.Clone(items)
		slices.SortStableFunc(inOrder, byOrder)
	}
	for i, item := range inOrder {
		item.record[mediaPosition] = Whole(int64(i + 1 + inFront(others, item.more[mediaOrder].Int())))
	}
}

// inFront counts what comes before something in an order.
func inFront(others []int64, order int64) (n int) {
	for _, other := range others {
		if other < order {
			n++
		}
	}
	return n
}

func (w *assembling) checkMedia(item found) error {
	if Media.unfits(item.record) {
		return nil
	}
	if status := item.record[mediaStatus].text; status != "ready" {
		return w.warn(WarnMediaNotReady, Media, Media.Key(item.record), fmt.Sprintf("the shop has not made it ready (%s), so it has no address yet", status),
			"run the import again later; if it failed, upload it again in the shop")
	}
	kind, mime := item.record[mediaType].text, item.more[mediaMIME].text
	if kind == "image" && slices.Contains([]string{"", "image/jpeg", "image/jpg", "image/png", "image/webp"}, mime) {
		return nil
	}
	if kind == "image" {
		kind = mime
	}
	return w.warn(WarnMediaType, Media, Media.Key(item.record), "eshopOS shows JPEG, PNG and WebP images only; this is "+kind,
		"replace it in the shop if the storefront is to show it")
}
