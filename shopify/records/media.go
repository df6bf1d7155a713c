package records

import (
	"cmp"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/shopify/decode"
)

// Media holds the fields of a media item, of any of the four kinds, that the documents ask for.
type Media struct {
	Fitness
	ID, MediaContentType, Status string `must:"be"`
	Alt                          *string

	MIMEType string // of an image
	Image    struct {
		URL string `must:"be"`
	}
	OriginURL    string // of an external video
	VideoSources []MediaSource
	ModelSources []MediaSource

	address string // what the URL of the item points to
}

// MediaSource is one of the files of a video or model.
type MediaSource struct {
	URL      string `must:"be"`
	MIMEType string
}

// ForImport returns the item as an import has it. position is any number that grows along the
// media of the product. The result shares memory with m.
func (m *Media) ForImport(product string, position int) importer.MediaItem {
	item := importer.MediaItem{
		ID: m.ID, ProductID: product, Type: inSmallLetters(m.MediaContentType), Status: inSmallLetters(m.Status),
		Alt: m.Alt, Order: int64(position),
	}
	m.address, item.MIMEType = m.fileSource()
	item.MIMEType = decode.Storable(item.MIMEType) // it is shown but not stored, so that the importer does not see it
	if m.Status == "READY" && m.address != "" {
		item.URL = &m.address
	}
	return item
}

// fileSource returns the address and the type of the file. Of a video or a model it is the first
// source: Shopify lists the best first.
func (m *Media) fileSource() (address, mimeType string) {
	for _, sources := range [][]MediaSource{m.VideoSources, m.ModelSources} {
		if len(sources) > 0 {
			return sources[0].URL, sources[0].MIMEType
		}
	}
	return cmp.Or(m.Image.URL, m.OriginURL), m.MIMEType
}
