package records

import (
	"cmp"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/shopify/decode"
)

// Media is an item of any of the four kinds of media.
type Media struct {
	Fitness
	ID, MediaContentType, Status string `must:"be"`
	Alt                          *string

	MIMEType string // of images
	Image    struct {
		URL string `must:"be"`
	}
	OriginURL    string // of videos elsewhere
	VideoSources []MediaSource
	ModelSources []MediaSource

	address string
}

// MediaSource is one of the files of a video or model.
type MediaSource struct {
	URL      string `must:"be"`
	MIMEType string
}

// ForImport is the item as an import has it; position is any number that grows along those of
// the product.
func (m *Media) ForImport(product string, position int) importer.MediaItem {
	item := importer.MediaItem{
		ID: m.ID, ProductID: product, Type: inSmallLetters(m.MediaContentType), Status: inSmallLetters(m.Status),
		Alt: m.Alt, Order: int64(position),
	}
	m.address, item.MIMEType = m.fileSource()
	item.MIMEType = decode.Storable(item.MIMEType) // it is shown, not stored
	if m.Status == "READY" && m.address != "" {
		item.URL = &m.address
	}
	return item
}

// fileSource tells where the file is. Shopify lists the sources of a video or model
// with the best first.
func (m *Media) fileSource() (address, mimeType string) {
	for _, sources := range [][]MediaSource{m.VideoSources, m.ModelSources} {
		if len(sources) > 0 {
			return sources[0].URL, sources[0].MIMEType
		}
	}
	return cmp.Or(m.Image.URL, m.OriginURL), m.MIMEType
}
