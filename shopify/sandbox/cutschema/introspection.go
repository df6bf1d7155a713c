package main

// The parts of an introspection answer that an SDL without descriptions needs.
type (
	schema struct {
		Types []*definition
	}
	definition struct {
		Kind          string
		Name          string
		Fields        []field
		InputFields   []input
		Interfaces    []typeRef
		PossibleTypes []typeRef
		EnumValues    []enumValue
	}
	field struct {
		Name         string
		Args         []input
		Type         typeRef
		IsDeprecated bool
	}
	input struct {
		Name         string
		Type         typeRef
		DefaultValue *string
	}
	enumValue struct {
		Name string
	}
	typeRef struct {
		Kind   string
		Name   string
		OfType *typeRef
	}
)

// String is the type as SDL writes it.
func (t typeRef) String() string {
	switch t.Kind {
	case "NON_NULL":
		return t.OfType.String() + "!"
	case "LIST":
		return "[" + t.OfType.String() + "]"
	}
	return t.Name
}

// named is the type without its list and non-null wrappers.
func (t typeRef) named() typeRef {
	for t.OfType != nil {
		t = *t.OfType
	}
	return t
}

// composite says whether a value of the type has fields of its own.
func (t typeRef) composite() bool {
	return t.Kind == "OBJECT" || t.Kind == "INTERFACE" || t.Kind == "UNION"
}
