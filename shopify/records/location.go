package records

// Location is a location as the documents ask for it.
type Location struct {
	Fitness  `of:"Location"`
	ID, Name string `must:"be"`
	IsActive bool   `must:"be"`
	Address  struct {
		Address1, Address2, City, Province, ProvinceCode, Zip, Country, CountryCode, Phone *string
	} `must:"be"`
}
