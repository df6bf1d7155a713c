package shops

import "github.com/eshopos/eshopctl/shopify/sandbox/catalogue"

// The names of the default shop's locations. Two more are called "Pop-up stall".
const (
	WarehouseLocation = "Warehouse Leeds"
	ShopLocation      = "Shop York"
	ClosedLocation    = "Old Shop Whitby"
	ServiceLocation   = "Northern Parcels"
)

func openLocations(s *catalogue.Shop) {
	s.AddLocation(WarehouseLocation, catalogue.Address{
		Address1: new("12 Canal Wharf"), City: new("Leeds"), Zip: new("LS11 5PS"), Country: new("United Kingdom"),
		CountryCode: new("GB"), Province: new("England"), ProvinceCode: new("ENG"), Phone: new("+441134960000"),
		Latitude: new(53.7926), Longitude: new(-1.5480),
	})
	s.AddLocation(ShopLocation, catalogue.Address{
		Address1: new("3 Stonegate"), City: new("York"), Zip: new("YO1 8AN"), Country: new("United Kingdom"), CountryCode: new("GB"),
	})
	s.AddLocation("Pop-up stall", catalogue.Address{City: new("Leeds")})
	s.AddLocation("Pop-up stall", catalogue.Address{City: new("Harrogate")})
	s.AddLocation(ClosedLocation, catalogue.Address{City: new("Whitby"), CountryCode: new("GB")})
	s.AddFulfillmentService(ServiceLocation, "northern-parcels").ShipsInventory = true
}
