package catalogue

import (
	"strings"

	"github.com/eshopos/eshopctl/shopify/sandbox/gid"
)

// The kinds of media, by the names of their GraphQL types.
const (
	ImageMedia         = "MediaImage"
	VideoMedia         = "Video"
	ExternalVideoMedia = "ExternalVideo"
	ModelMedia         = "Model3d"
)

type Media struct {
	ID                   int64
	TypeName             string
	Status               string // READY, PROCESSING, UPLOADED or FAILED
	URL                  string // of the file, or the page of an external video
	Alt                  *string
	Width, Height        int
	CreatedAt, UpdatedAt Moment
}

func (m *Media) Number() int64 { return m.ID }

func (m *Media) GID() string { return gid.Format(m.TypeName, m.ID) }

func (m *Media) Kind() string { return m.TypeName }

func (i *Image) Kind() string { return "Image" }

func (m *Media) ContentType() string {
	switch m.TypeName {
	case VideoMedia:
		return "VIDEO"
	case ExternalVideoMedia:
		return "EXTERNAL_VIDEO"
	case ModelMedia:
		return "MODEL_3D"
	}
	return "IMAGE"
}

func (m *Media) Filename() string {
	name := m.URL[strings.LastIndex(m.URL, "/")+1:]
	name, _, _ = strings.Cut(name, "?")
	return name
}

func (m *Media) Ready() bool { return m.Status == "READY" }

// Image is the picture that a medium shows: of an image the image itself, else its preview.
func (m *Media) Image() *Image {
	if !m.Ready() {
		return nil
	}
	url := m.URL
	if m.TypeName != ImageMedia {
		url += ".preview.jpg"
	}
	return &Image{m.ID, url, m.Alt, m.Width, m.Height}
}

type Image struct {
	ID            int64
	URL           string
	Alt           *string
	Width, Height int
}
