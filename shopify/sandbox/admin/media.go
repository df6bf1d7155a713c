package admin

import (
	"github.com/eshopos/eshopctl/shopify/sandbox/catalogue"
	"github.com/eshopos/eshopctl/shopify/sandbox/gid"
	"github.com/eshopos/eshopctl/shopify/sandbox/graph"
)

func mediaField(m *catalogue.Media, name string) (any, error) {
	switch name {
	case "id":
		return m.GlobalID(), nil
	case "alt":
		return m.Alt, nil
	case "mediaContentType":
		return m.ContentType(), nil
	case "status":
		return m.Status, nil
	case "createdAt":
		return m.CreatedAt, nil
	case "updatedAt":
		return m.UpdatedAt, nil
	case "mediaErrors":
		return mediaErrors(m), nil
	case "mediaWarnings":
		return []graph.Object{}, nil
	case "preview":
		return mediaPreview{m}, nil
	}
	return mediaFileField(m, name)
}

// mediaFileField answers the fields that only some kinds of media have.
func mediaFileField(m *catalogue.Media, name string) (any, error) {
	switch name {
	case "image":
		return graph.OrNull(m.ShownImage()), nil
	case "mimeType":
		if !m.IsReady() {
			return nil, nil
		}
		return "image/jpeg", nil
	case "filename":
		return m.FileName(), nil
	case "duration":
		return 42000, nil
	case "sources":
		return mediaSources(m), nil
	case "host":
		return "YOUTUBE", nil
	case "embedUrl", "originUrl":
		return m.URL, nil
	}
	return nil, graph.NotAnswered(m.Type, name)
}

// mediaSources lists the files of a video or a model; one that is not ready has none.
func mediaSources(m *catalogue.Media) []graph.Object {
	switch {
	case !m.IsReady():
		return []graph.Object{}
	case m.Type == catalogue.ModelMedia:
		return []graph.Object{mediaSource{m, "Model3dSource", "glb", "model/gltf-binary"}}
	}
	return []graph.Object{mediaSource{m, "VideoSource", "mp4", "video/mp4"}}
}

func mediaErrors(m *catalogue.Media) []graph.Object {
	if m.Status != "FAILED" {
		return []graph.Object{}
	}
	return []graph.Object{mediaError{}}
}

type mediaSource struct {
	media                  *catalogue.Media
	typeName, format, mime string
}

func (s mediaSource) TypeName() string { return s.typeName }

func (s mediaSource) FieldValue(name string) (any, error) {
	switch name {
	case "url":
		return s.media.URL, nil
	case "format":
		return s.format, nil
	case "mimeType":
		return s.mime, nil
	case "width":
		return s.media.Width, nil
	case "height":
		return s.media.Height, nil
	case "fileSize", "filesize":
		return 1_048_576, nil
	}
	return nil, graph.NotAnswered(s.typeName, name)
}

type mediaError struct{}

func (mediaError) TypeName() string { return "MediaError" }

func (mediaError) FieldValue(name string) (any, error) {
	switch name {
	case "code":
		return "IMAGE_DOWNLOAD_FAILURE", nil
	case "message":
		return "The image could not be downloaded.", nil
	case "details":
		return nil, nil
	}
	return nil, graph.NotAnswered("MediaError", name)
}

type mediaPreview struct{ media *catalogue.Media }

func (p mediaPreview) TypeName() string { return "MediaPreviewImage" }

func (p mediaPreview) FieldValue(name string) (any, error) {
	switch name {
	case "status":
		return p.media.Status, nil
	case "image":
		return graph.OrNull(p.media.ShownImage()), nil
	}
	return nil, graph.NotAnswered("MediaPreviewImage", name)
}

func imageField(i *catalogue.Image, name string) (any, error) {
	switch name {
	case "id":
		return gid.FormatID("ImageSource", i.ID), nil
	case "url":
		return i.URL, nil // transformations are left to a real CDN
	case "altText":
		return i.Alt, nil
	case "width":
		return i.Width, nil
	case "height":
		return i.Height, nil
	}
	return nil, graph.NotAnswered("Image", name)
}
