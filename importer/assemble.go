package importer

import (
	"encoding/binary"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/eshopos/eshopctl/connector"
)

// assembling is one pass that turns what was found into a snapshot. Links
// between tables are resolved by sorting them beside what they link to.
type assembling struct {
	*Assembly
	to        SnapshotWriter
	resources []connector.Resource

	ofMedia Sorter // product and media item -> variant that shows it
	ofItem  Sorter // inventory item -> variant, whether it is tracked, SKU
	ofSKU   Sorter // SKU -> variant
	places  map[string]place
}

// place is a warehouse, as its stock needs to know it.
type place struct {
	name   string
	active bool
}

// write makes the snapshot's records, table by table.
func (a *Assembly) write(to SnapshotWriter, resources []connector.Resource) (err error) {
	w := &assembling{
		Assembly: a, to: to, resources: resources, places: map[string]place{},
		ofMedia: a.newSorter(), ofItem: a.newSorter(), ofSKU: a.newSorter(),
	}
	defer func() { err = errors.Join(err, w.ofMedia.Close(), w.ofItem.Close(), w.ofSKU.Close()) }()
	for _, remark := range a.remarks {
		if err := to.Remark(remark); err != nil {
			return err
		}
	}
	for _, step := range []func() error{w.products, w.variants, w.media, w.categories, w.memberships, w.warehouses, w.stock, w.skus} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// asked reports whether the snapshot is to hold the table.
func (w *assembling) asked(t *Table) bool { return slices.Contains(w.resources, t.Resource) }

// keep writes a record unless it is part of one that the shop no longer has.
func (w *assembling) keep(t *Table, r Record) error {
	for _, parent := range t.Parents {
		if len(w.gone) > 0 && w.gone[ParentRef{parent.Table, r[parent.Column].text}] {
			return nil
		}
	}
	return w.to.Write(t, r)
}

func (w *assembling) warn(code string, t *Table, key, message, hint string) error {
	return w.to.Remark(Remark{
		Code: code, Severity: Warning, Resource: t.Name, ExternalID: ShowKey(key), Message: message, Hint: hint,
	})
}

// variants writes the variants and notes what they link. Stock needs the links
// even when products were not asked for.
func (w *assembling) variants() error {
	return pair(w.final(Variants), gather(w.shown.Sorted()), keyOfFound(Variants), keyOfLinks,
		func(_ string, variant *found, shows *links) error {
			if variant == nil {
				return nil // it is gone, or its product is
			}
			if err := w.link(*variant, shows); err != nil || !w.asked(Variants) {
				return err
			}
			if err := w.keep(Variants, variant.record); err != nil {
				return err
			}
			return w.checkSKU(variant.record)
		})
}

var (
	variantProduct = Variants.Column("product_external_id")
	variantItem    = Variants.Column("inventory_item_id")
	variantTitle   = Variants.Column("title")
	variantSKU     = Variants.Column("sku")
	variantTracked = Variants.Column("tracked")
)

func (w *assembling) link(variant found, shows *links) error {
	product := variant.record[variantProduct].text
	for media, err := range w.shownMedia(product, shows) {
		if err == nil {
			err = w.ofMedia.Put(JoinKey(product, media), []byte(variant.record[0].text))
		}
		if err != nil {
			return err
		}
	}
	item := Record{variant.record[0], variant.record[variantTracked], variant.record[variantSKU]}
	return w.ofItem.Put(variant.record[variantItem].text, AppendRecord(nil, item))
}

// shownMedia gives the media items that a variant shows, without links that were
// given before its product was read anew.
func (w *assembling) shownMedia(product string, shows *links) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		if shows == nil {
			return
		}
		for _, payload := range shows.ids {
			sequence, size := binary.Uvarint([]byte(payload))
			if sequence <= w.replaced[ParentRef{Variants, product}] {
				continue
			}
			link, _, err := CutRecord(payload[size:], 1)
			if !yield(link[0].text, err) || err != nil {
				return
			}
		}
	}
}

func (w *assembling) checkSKU(variant Record) error {
	sku := variant[variantSKU].text
	if strings.TrimSpace(sku) != "" {
		return w.ofSKU.Put(sku, []byte(variant[0].text))
	}
	return w.warn(WarnSKUMissing, Variants, variant[0].text, fmt.Sprintf("the variant %q has no SKU", variant[variantTitle].text),
		"give it one in the shop if other systems find it by SKU")
}

func (w *assembling) skus() error {
	var before Entry
	for entry, err := range w.ofSKU.Sorted() {
		if err != nil {
			return err
		}
		variant := string(entry.Payload)
		if before.Payload != nil && entry.Key == before.Key {
			message := fmt.Sprintf("SKU %q is also the SKU of %s", entry.Key, before.Payload)
			if err := w.warn(WarnSKUDuplicate, Variants, variant, message, "give each variant its own SKU in the shop"); err != nil {
				return err
			}
		}
		before = Entry{entry.Key, []byte(variant)}
	}
	return nil
}

// products writes the products and remarks on those in no category.
func (w *assembling) products() error {
	if !w.asked(Products) {
		return nil
	}
	inCategories := w.newSorter()
	defer inCategories.Close()
	if w.asked(Memberships) {
		for membership, err := range w.final(Memberships) {
			if err == nil {
				err = inCategories.Put(membership.record[1].text, nil)
			}
			if err != nil {
				return err
			}
		}
	}
	return pair(w.final(Products), tally(inCategories.Sorted()), keyOfFound(Products), keyOfGroup,
		func(key string, product *found, categories *group) error {
			if product == nil {
				return nil // its membership is dropped as well: the product is gone
			}
			if categories == nil && w.asked(Memberships) {
				if err := w.warn(WarnProductNoCategory, Products, key, fmt.Sprintf("%q is in no category", product.record[productTitle].text),
					"put it into a collection in the shop if it is to be found by category"); err != nil {
					return err
				}
			}
			return w.keep(Products, product.record)
		})
}

var (
	mediaType     = Media.Column("type")
	mediaStatus   = Media.Column("status")
	mediaVariants = Media.Column("variant_external_ids")
)

func (w *assembling) media() error {
	if !w.asked(Media) {
		return nil
	}
	return pair(w.final(Media), gather(w.ofMedia.Sorted()), keyOfFound(Media), keyOfLinks,
		func(_ string, item *found, shownBy *links) error {
			if item == nil {
				return nil // a variant shows media of another product; nothing to link
			}
			if shownBy != nil {
				item.record[mediaVariants] = Names(slices.Compact(shownBy.ids)) // a link may come twice
			}
			if err := w.checkMedia(*item); err != nil {
				return err
			}
			return w.keep(Media, item.record)
		})
}

func (w *assembling) checkMedia(item found) error {
	key := Media.Key(item.record)
	if status := item.record[mediaStatus].text; status != "ready" {
		return w.warn(WarnMediaNotReady, Media, key, fmt.Sprintf("the shop has not made it ready (%s), so it has no address yet", status),
			"run the import again later; if it failed, upload it again in the shop")
	}
	kind, mime := item.record[mediaType].text, item.more[0].text
	if kind == "image" && slices.Contains([]string{"", "image/jpeg", "image/jpg", "image/png", "image/webp"}, mime) {
		return nil
	}
	if kind == "image" {
		kind = mime
	}
	return w.warn(WarnMediaType, Media, key, "eshopOS shows JPEG, PNG and WebP images only; this is "+kind,
		"replace it in the shop if the storefront is to show it")
}

// links are the ids that are linked to one key.
type links struct {
	key string
	ids []string
}

func keyOfLinks(l links) string { return l.key }

// gather groups sorted entries by key.
func gather(entries iter.Seq2[Entry, error]) iter.Seq2[links, error] {
	return func(yield func(links, error) bool) {
		var current links
		for entry, err := range entries {
			if err != nil {
				yield(links{}, err)
				return
			}
			if len(current.ids) > 0 && entry.Key != current.key {
				if !yield(current, nil) {
					return
				}
				current.ids = nil
			}
			current.key = entry.Key
			current.ids = append(current.ids, string(entry.Payload))
		}
		if len(current.ids) > 0 {
			yield(current, nil)
		}
	}
}

func (w *assembling) categories() error { return w.plain(Categories) }

func (w *assembling) memberships() error { return w.plain(Memberships) }

// plain writes a table whose records are complete as they were read.
func (w *assembling) plain(t *Table) error {
	if !w.asked(t) {
		return nil
	}
	for one, err := range w.final(t) {
		if err == nil {
			err = w.keep(t, one.record)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

var (
	warehouseName   = Warehouses.Column("name")
	warehouseActive = Warehouses.Column("active")
)

// warehouses are few; whether they are active is remembered for their stock.
func (w *assembling) warehouses() error {
	for warehouse, err := range w.final(Warehouses) {
		if err != nil {
			return err
		}
		id, active := warehouse.record[0].text, warehouse.record[warehouseActive].text == "true"
		w.places[id] = place{warehouse.record[warehouseName].text, active}
		if !w.asked(Warehouses) {
			continue
		}
		if !active {
			message := fmt.Sprintf("the location %q is deactivated in the shop", warehouse.record[warehouseName].text)
			if err := w.warn(WarnWarehouseInactive, Warehouses, id, message,
				"nothing to do if it is closed; its stock is kept and marked inactive"); err != nil {
				return err
			}
		}
		if err := w.keep(Warehouses, warehouse.record); err != nil {
			return err
		}
	}
	return nil
}

var (
	stockVariant   = Stock.Column("variant_external_id")
	stockItem      = Stock.Column("inventory_item_id")
	stockWarehouse = Stock.Column("warehouse_external_id")
	stockSKU       = Stock.Column("sku")
	stockTracked   = Stock.Column("tracked")
	stockActive    = Stock.Column("active")
	stockAvailable = Stock.Column("available")
	stockOnHand    = Stock.Column("on_hand")
)

// stock writes the levels, each with the variant that its item belongs to.
func (w *assembling) stock() error {
	if !w.asked(Stock) {
		return nil
	}
	next, stop := iter.Pull2(w.ofItem.Sorted())
	defer stop()
	entry, err, have := next()
	for level, levelErr := range w.final(Stock) {
		if levelErr != nil {
			return levelErr
		}
		item := level.record[stockItem].text
		for have && err == nil && entry.Key < item {
			entry, err, have = next()
		}
		if err != nil {
			return err
		}
		if have && entry.Key == item {
			variant, _, err := CutRecord(string(entry.Payload), 3)
			if err != nil {
				return err
			}
			level.record[stockVariant], level.record[stockTracked], level.record[stockSKU] = variant[0], variant[1], variant[2]
		}
		if err := w.level(level.record); err != nil {
			return err
		}
	}
	return nil
}

func (w *assembling) level(level Record) error {
	if at, known := w.places[level[stockWarehouse].text]; known && !at.active {
		level[stockActive] = Flag(false)
	}
	if level[stockTracked].text == "true" {
		if err := w.checkLevel(level); err != nil {
			return err
		}
	}
	return w.keep(Stock, level)
}

func (w *assembling) checkLevel(level Record) error {
	key, available := Stock.Key(level), level[stockAvailable].Int()
	if available < 0 {
		if err := w.warn(WarnStockNegative, Stock, key, fmt.Sprintf("%d available of %s: more was sold than was there", available, w.whatWhere(level)),
			"count the stock and correct it in the shop"); err != nil {
			return err
		}
	}
	if level[stockActive].text == "false" && (available != 0 || level[stockOnHand].Int() != 0) {
		return w.warn(WarnStockInactive, Stock, key, fmt.Sprintf("%d available of %s, which no longer sells it", available, w.whatWhere(level)),
			"move the stock to an active location in the shop, or set it to zero")
	}
	return nil
}

func (w *assembling) whatWhere(level Record) string {
	return fmt.Sprintf("%q at %q", level[stockSKU].text, w.places[level[stockWarehouse].text].name)
}
