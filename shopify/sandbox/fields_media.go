package sandbox

func (m *media) kind() string { return m.typeName }

func (m *media) field(x *execution, name string, _ arguments) (any, error) {
	switch name {
	case "id":
		return m.gid(), nil
	case "alt":
		return m.alt, nil
	case "mediaContentType":
		return m.contentType(), nil
	case "status":
		return m.status, nil
	case "createdAt":
		return m.createdAt, nil
	case "updatedAt":
		return m.updatedAt, nil
	case "mediaErrors":
		return m.errors(), nil
	case "mediaWarnings":
		return []object{}, nil
	case "preview":
		return mediaPreview{m}, nil
	}
	return m.file(x, name)
}

// file answers the fields that only some kinds of media have.
func (m *media) file(_ *execution, name string) (any, error) {
	switch name {
	case "image":
		return optional(m.image()), nil
	case "mimeType":
		if !m.ready() {
			return nil, nil
		}
		return "image/jpeg", nil
	case "filename":
		return m.filename(), nil
	case "duration":
		return 42000, nil
	case "sources":
		return m.sources(), nil
	case "host":
		return "YOUTUBE", nil
	case "embedUrl", "originUrl":
		return m.url, nil
	}
	return nil, unanswerable(m.typeName, name)
}

// sources lists the files of a video or a model; one that is not ready has none.
func (m *media) sources() []object {
	switch {
	case !m.ready():
		return []object{}
	case m.typeName == modelMedia:
		return []object{mediaSource{m, "Model3dSource", "glb", "model/gltf-binary"}}
	}
	return []object{mediaSource{m, "VideoSource", "mp4", "video/mp4"}}
}

func (m *media) errors() []object {
	if m.status != "FAILED" {
		return []object{}
	}
	return []object{mediaError{}}
}

type mediaSource struct {
	media                  *media
	typeName, format, mime string
}

func (s mediaSource) kind() string { return s.typeName }

func (s mediaSource) field(_ *execution, name string, _ arguments) (any, error) {
	switch name {
	case "url":
		return s.media.url, nil
	case "format":
		return s.format, nil
	case "mimeType":
		return s.mime, nil
	case "width":
		return s.media.width, nil
	case "height":
		return s.media.height, nil
	case "fileSize", "filesize":
		return 1_048_576, nil
	}
	return nil, unanswerable(s.typeName, name)
}

type mediaError struct{}

func (mediaError) kind() string { return "MediaError" }

func (mediaError) field(_ *execution, name string, _ arguments) (any, error) {
	switch name {
	case "code":
		return "IMAGE_DOWNLOAD_FAILURE", nil
	case "message":
		return "The image could not be downloaded.", nil
	case "details":
		return nil, nil
	}
	return nil, unanswerable("MediaError", name)
}

type mediaPreview struct{ media *media }

func (p mediaPreview) kind() string { return "MediaPreviewImage" }

func (p mediaPreview) field(_ *execution, name string, _ arguments) (any, error) {
	switch name {
	case "status":
		return p.media.status, nil
	case "image":
		return optional(p.media.image()), nil
	}
	return nil, unanswerable("MediaPreviewImage", name)
}

func (i *image) kind() string { return "Image" }

func (i *image) field(_ *execution, name string, _ arguments) (any, error) {
	switch name {
	case "id":
		return formatGID("ImageSource", i.id), nil
	case "url":
		return i.url, nil // transformations are left to a real CDN
	case "altText":
		return i.alt, nil
	case "width":
		return i.width, nil
	case "height":
		return i.height, nil
	}
	return nil, unanswerable("Image", name)
}
