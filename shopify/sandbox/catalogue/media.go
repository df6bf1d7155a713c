package catalogue

import (
	"strings"
)

// The kinds of media, by the names of their GraphQL types.
const (
	ImageMedia         = "MediaImage"
	VideoMedia         = "Video"
	ExternalVideoMedia = "ExternalVideo"
	ModelMedia         = "Model3d"
)

// ContentType is the MediaContentType of the GraphQL schema.
func (m *Media) ContentType() string {
	switch m.Type {
	case VideoMedia:
		return "VIDEO"
	case ExternalVideoMedia:
		return "EXTERNAL_VIDEO"
	case ModelMedia:
		return "MODEL_3D"
	}
	return "IMAGE"
}

// FileName is the last part of the URL.
func (m *Media) FileName() string {
	name := m.URL[strings.LastIndex(m.URL, "/")+1:]
	name, _, _ = strings.Cut(name, "?")
	return name
}

// IsReady reports whether the medium was processed; before that it has no URL to show.
func (m *Media) IsReady() bool { return m.Status == "READY" }

// ShownImage returns the image itself, of a video or model its preview, and nil before the medium is ready.
func (m *Media) ShownImage() *Image {
	if !m.IsReady() {
		return nil
	}
	url := m.URL
	if m.Type != ImageMedia {
		url += ".preview.jpg"
	}
	return &Image{m.ID, url, m.Alt, m.Width, m.Height}
}
