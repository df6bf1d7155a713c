package sandbox

import "strings"

// The kinds of media, by the names of their GraphQL types.
const (
	imageMedia         = "MediaImage"
	videoMedia         = "Video"
	externalVideoMedia = "ExternalVideo"
	modelMedia         = "Model3d"
)

type media struct {
	id                   int64
	typeName             string
	status               string // READY, PROCESSING, UPLOADED or FAILED
	url                  string // of the file, or the page of an external video
	alt                  *string
	width, height        int
	createdAt, updatedAt moment
}

func (m *media) number() int64 { return m.id }
func (m *media) gid() string   { return formatGID(m.typeName, m.id) }

func (m *media) contentType() string {
	switch m.typeName {
	case videoMedia:
		return "VIDEO"
	case externalVideoMedia:
		return "EXTERNAL_VIDEO"
	case modelMedia:
		return "MODEL_3D"
	}
	return "IMAGE"
}

func (m *media) filename() string {
	name := m.url[strings.LastIndex(m.url, "/")+1:]
	name, _, _ = strings.Cut(name, "?")
	return name
}

func (m *media) ready() bool { return m.status == "READY" }

// image is the picture that a medium shows: of an image the image itself, else its preview.
func (m *media) image() *image {
	if !m.ready() {
		return nil
	}
	url := m.url
	if m.typeName != imageMedia {
		url += ".preview.jpg"
	}
	return &image{m.id, url, m.alt, m.width, m.height}
}

type image struct {
	id            int64
	url           string
	alt           *string
	width, height int
}

// newMedia makes a medium that is not yet on any product.
func (s *Shop) newMedia(typeName, url, status string, alt *string) *media {
	now := s.now()
	return &media{
		id: s.nextID(imageMedia), typeName: typeName, status: status, url: url, alt: alt,
		width: 1200, height: 900, createdAt: now, updatedAt: now,
	}
}
