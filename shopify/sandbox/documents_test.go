package sandbox_test

// Documents that an importer sends, validated against the full Admin schema.

const doc00Preflight = `query EshopPreflight {
  shop {
    id
    name
    myshopifyDomain
    currencyCode
    weightUnit
    unitSystem
    taxesIncluded
    ianaTimezone
    plan { publicDisplayName shopifyPlus partnerDevelopment }
    resourceLimits { locationLimit maxProductOptions maxProductVariants }
  }
  currentAppInstallation { accessScopes { handle } }
  publicApiVersions { handle supported }
}
`

const doc01Counts = `query EshopCounts {
  products: productsCount(limit: null) { count precision }
  variants: productVariantsCount(limit: null) { count precision }
  collections: collectionsCount(limit: null) { count precision }
  locations: locationsCount(limit: null) { count precision }
}
`

const doc03QuantityNames = `query EshopQuantityNames {
  inventoryProperties { quantityNames { name displayName belongsTo comprises isInUse } }
}
`

const doc10LocationsPage = `query EshopLocations($first: Int!, $after: String) {
  locations(first: $first, after: $after, sortKey: ID, includeInactive: true, includeLegacy: true) {
    nodes {
      id
      legacyResourceId
      name
      isActive
      deactivatedAt
      createdAt
      updatedAt
      isFulfillmentService
      fulfillsOnlineOrders
      shipsInventory
      hasActiveInventory
      addressVerified
      address { address1 address2 city province provinceCode zip country countryCode phone latitude longitude }
      fulfillmentService { id handle serviceName type inventoryManagement trackingSupport requiresShippingMethod }
    }
    pageInfo { hasNextPage endCursor }
  }
}
`

const docP1ProductsPage = `query EshopProducts($first: Int!, $after: String, $query: String, $sortKey: ProductSortKeys!, $variantsFirst: Int!, $mediaFirst: Int!) {
  products(first: $first, after: $after, query: $query, sortKey: $sortKey) {
    nodes {
      id
      legacyResourceId
      handle
      title
      descriptionHtml
      vendor
      productType
      status
      tags
      isGiftCard
      hasOnlyDefaultVariant
      hasVariantsThatRequiresComponents
      requiresSellingPlan
      combinedListingRole
      templateSuffix
      tracksInventory
      totalInventory
      createdAt
      updatedAt
      publishedAt
      seo { title description }
      category { id fullName }
      variantsCount { count precision }
      mediaCount { count precision }
      featuredMedia { id }
      options {
        id
        name
        position
        linkedMetafield { namespace key }
        optionValues { id name hasVariants linkedMetafieldValue swatch { color } }
      }
      variants(first: $variantsFirst, sortKey: POSITION) {
        nodes { ...EshopVariant }
        pageInfo { hasNextPage endCursor }
      }
      media(first: $mediaFirst, sortKey: POSITION) {
        nodes { ...EshopMedia }
        pageInfo { hasNextPage endCursor }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}

fragment EshopVariant on ProductVariant {
  id
  legacyResourceId
  title
  position
  sku
  barcode
  price
  compareAtPrice
  taxable
  inventoryPolicy
  inventoryQuantity
  availableForSale
  requiresComponents
  showUnitPrice
  createdAt
  updatedAt
  selectedOptions { name value optionValue { id } }
  unitPriceMeasurement { measuredType quantityUnit quantityValue referenceUnit referenceValue }
  media(first: 1) { nodes { id } }
  inventoryItem {
    id
    tracked
    sku
    requiresShipping
    countryCodeOfOrigin
    provinceCodeOfOrigin
    harmonizedSystemCode
    updatedAt
    unitCost { amount currencyCode }
    measurement { weight { value unit } }
  }
}

fragment EshopMedia on Media {
  __typename
  id
  alt
  mediaContentType
  status
  mediaErrors { code message details }
  mediaWarnings { code message }
  preview { status image { url width height } }
  ... on MediaImage { mimeType createdAt updatedAt image { id url width height } }
  ... on Video { filename duration createdAt updatedAt videoSources: sources { url mimeType format width height fileSize } }
  ... on ExternalVideo { host embedUrl originUrl createdAt updatedAt }
  ... on Model3d { filename createdAt updatedAt modelSources: sources { url mimeType format filesize } }
}
`

const docP2ProductVariantsAll = `query EshopProductVariants($id: ID!, $first: Int!, $after: String) {
  product(id: $id) {
    id
    updatedAt
    variants(first: $first, after: $after, sortKey: POSITION) {
      nodes {
        id
        title
        position
        sku
        barcode
        price
        compareAtPrice
        taxable
        inventoryPolicy
        inventoryQuantity
        updatedAt
        selectedOptions { name value optionValue { id } }
        media(first: 1) { nodes { id } }
        inventoryItem { id tracked sku requiresShipping countryCodeOfOrigin provinceCodeOfOrigin harmonizedSystemCode unitCost { amount currencyCode } measurement { weight { value unit } } }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
}
`

const docP3VariantsPage = `query EshopVariants($first: Int!, $after: String, $query: String) {
  productVariants(first: $first, after: $after, query: $query, sortKey: ID) {
    nodes {
      id
      title
      position
      sku
      barcode
      price
      compareAtPrice
      taxable
      inventoryPolicy
      inventoryQuantity
      requiresComponents
      createdAt
      updatedAt
      product { id }
      selectedOptions { name value optionValue { id } }
      media(first: 1) { nodes { id } }
      inventoryItem { id tracked sku requiresShipping countryCodeOfOrigin provinceCodeOfOrigin harmonizedSystemCode unitCost { amount currencyCode } measurement { weight { value unit } } }
    }
    pageInfo { hasNextPage endCursor }
  }
}
`

const docP4BInventoryItemLevels = `query EshopItemLevels($id: ID!, $first: Int!, $after: String) {
  inventoryItem(id: $id) {
    id
    inventoryLevels(first: $first, after: $after, includeInactive: true) {
      nodes {
        id
        isActive
        updatedAt
        location { id }
        quantities(names: ["available", "on_hand", "committed", "incoming", "reserved", "damaged", "quality_control", "safety_stock"]) { name quantity updatedAt }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
}
`

const docP4CLocationLevelsSince = `query EshopLocationLevelsSince($id: ID!, $first: Int!, $after: String, $query: String) {
  location(id: $id) {
    id
    inventoryLevels(first: $first, after: $after, query: $query, includeInactive: true) {
      nodes {
        id
        isActive
        updatedAt
        item { id }
        quantities(names: ["available", "on_hand", "committed", "incoming", "reserved", "damaged", "quality_control", "safety_stock"]) { name quantity updatedAt }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
}
`

const docP4InventoryPage = `query EshopInventory($first: Int!, $after: String, $query: String, $levelsFirst: Int!) {
  inventoryItems(first: $first, after: $after, query: $query) {
    nodes {
      id
      tracked
      sku
      updatedAt
      inventoryLevels(first: $levelsFirst, includeInactive: true) {
        nodes {
          id
          isActive
          updatedAt
          location { id }
          quantities(names: ["available", "on_hand", "committed", "incoming", "reserved", "damaged", "quality_control", "safety_stock"]) { name quantity updatedAt }
        }
        pageInfo { hasNextPage endCursor }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}
`

const docP5CollectionsPage = `query EshopCollections($first: Int!, $after: String, $query: String) {
  collections(first: $first, after: $after, query: $query, sortKey: ID) {
    nodes {
      id
      legacyResourceId
      handle
      title
      descriptionHtml
      sortOrder
      templateSuffix
      updatedAt
      seo { title description }
      image { id url altText width height }
      productsCount { count precision }
      sources {
        __typename
        id
        title
        app { id }
        ... on CollectionConditionsSource {
          targetType
          shareable
          inclusion { matchType conditions { ...EshopInclusion } }
          exclusion { matchType conditions { ...EshopExclusion } }
        }
        ... on CollectionSubCollectionsSource { collections { id } }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}

fragment EshopInclusion on CollectionSourceInclusionCondition {
  __typename
  id
  ... on CollectionSourceInclusionConditionProductTag { tagMatch: matchType tagRelation: relation tagValues: values }
  ... on CollectionSourceInclusionConditionProductTitle { titleMatch: matchType titleRelation: relation titleValues: values }
  ... on CollectionSourceInclusionConditionProductType { typeMatch: matchType typeRelation: relation typeValues: values }
  ... on CollectionSourceInclusionConditionProductVendor { vendorMatch: matchType vendorRelation: relation vendorValues: values }
  ... on CollectionSourceInclusionConditionProductStatus { statusMatch: matchType statusRelation: relation statusValues: values }
  ... on CollectionSourceInclusionConditionProductCategory { categoryMatch: matchType categoryRelation: relation categoryValues: values { includeDescendants category { id } } }
  ... on CollectionSourceInclusionConditionVariantPrice { priceRelation: relation priceValue: value { amount currencyCode } }
  ... on CollectionSourceInclusionConditionVariantCompareAtPrice { compareAtRelation: relation compareAtValue: value { amount currencyCode } }
  ... on CollectionSourceInclusionConditionVariantInventory { inventoryRelation: relation inventoryValue: value }
  ... on CollectionSourceInclusionConditionVariantTitle { variantTitleMatch: matchType variantTitleRelation: relation variantTitleValues: values }
  ... on CollectionSourceInclusionConditionVariantWeight { weightRelation: relation weightValue: value { value unit } }
  ... on CollectionSourceInclusionConditionMetafieldBoolean { mfBoolRelation: relation mfBoolValue: value definition { namespace key } }
  ... on CollectionSourceInclusionConditionMetafieldDecimal { mfDecimalRelation: relation mfDecimalValue: value definition { namespace key } }
  ... on CollectionSourceInclusionConditionMetafieldInteger { mfIntRelation: relation mfIntValue: value definition { namespace key } }
  ... on CollectionSourceInclusionConditionMetafieldString { mfStringMatch: matchType mfStringRelation: relation mfStringValues: values definition { namespace key } }
  ... on CollectionSourceInclusionConditionMetafieldStringList { mfStringListMatch: matchType mfStringListRelation: relation mfStringListValues: values definition { namespace key } }
  ... on CollectionSourceInclusionConditionUnknown { unknownMatch: matchType unknownRelation: relation unknownValues: values }
}

fragment EshopExclusion on CollectionSourceExclusionCondition {
  __typename
  id
  ... on CollectionSourceExclusionConditionCollection { exCollectionValues: values { id } }
  ... on CollectionSourceExclusionConditionProductTag { exTagMatch: matchType exTagRelation: relation exTagValues: values }
  ... on CollectionSourceExclusionConditionProductType { exTypeMatch: matchType exTypeRelation: relation exTypeValues: values }
  ... on CollectionSourceExclusionConditionProductVendor { exVendorMatch: matchType exVendorRelation: relation exVendorValues: values }
  ... on CollectionSourceExclusionConditionProductCategory { exCategoryMatch: matchType exCategoryRelation: relation exCategoryValues: values { includeDescendants category { id } } }
}
`

const docP6CollectionProducts = `query EshopCollectionProducts($id: ID!, $first: Int!, $after: String) {
  collection(id: $id) {
    id
    sortOrder
    updatedAt
    products(first: $first, after: $after, sortKey: COLLECTION_DEFAULT) {
      nodes { id }
      pageInfo { hasNextPage endCursor }
    }
  }
}
`

const docP9Exists = `query EshopExists($ids: [ID!]!) {
  nodes(ids: $ids) {
    __typename
    id
    ... on Product { updatedAt status }
    ... on ProductVariant { updatedAt product { id } }
    ... on Collection { updatedAt }
    ... on InventoryItem { updatedAt tracked }
    ... on Location { updatedAt isActive }
  }
}
`

const docP10ProductIdsPage = `query EshopProductIds($first: Int!, $after: String) {
  products(first: $first, after: $after, sortKey: ID) {
    nodes { id updatedAt variantsCount { count precision } mediaCount { count precision } }
    pageInfo { hasNextPage endCursor }
  }
}
`

const docP11VariantsInCollection = `query EshopVariantsInCollection($productId: ID!, $collectionId: ID!, $first: Int!, $after: String) {
  product(id: $productId) {
    id
    variantsInCollection(collectionId: $collectionId, first: $first, after: $after) {
      nodes { id }
      pageInfo { hasNextPage endCursor }
    }
  }
}
`

const docP13VariantIdsPage = `query EshopVariantIds($first: Int!, $after: String) {
  productVariants(first: $first, after: $after, sortKey: ID) {
    nodes { id updatedAt product { id } }
    pageInfo { hasNextPage endCursor }
  }
}
`

const docP14CollectionIdsPage = `query EshopCollectionIds($first: Int!, $after: String) {
  collections(first: $first, after: $after, sortKey: ID) {
    nodes { id updatedAt productsCount { count precision } }
    pageInfo { hasNextPage endCursor }
  }
}
`

const docC1BulkRun = `mutation EshopBulkRun($query: String!) {
  bulkOperationRunQuery(query: $query, groupObjects: false) {
    bulkOperation { id status createdAt }
    userErrors { field message code }
  }
}
`

const docC2BulkPoll = `query EshopBulkPoll($id: ID!) {
  bulkOperation(id: $id) {
    id
    type
    status
    errorCode
    createdAt
    completedAt
    objectCount
    rootObjectCount
    fileSize
    url
    partialDataUrl
  }
}
`

const docC3BulkList = `query EshopBulkList($query: String!) {
  bulkOperations(first: 50, query: $query, sortKey: CREATED_AT) {
    nodes { id type status errorCode createdAt completedAt objectCount rootObjectCount fileSize url partialDataUrl query }
    pageInfo { hasNextPage endCursor }
  }
}
`

const docC4BulkCancel = `mutation EshopBulkCancel($id: ID!) {
  bulkOperationCancel(id: $id) {
    bulkOperation { id status }
    userErrors { field message }
  }
}
`

const docB1BulkProducts = `{
  products {
    edges {
      node {
        __typename
        id
        legacyResourceId
        handle
        title
        descriptionHtml
        vendor
        productType
        status
        tags
        isGiftCard
        hasOnlyDefaultVariant
        hasVariantsThatRequiresComponents
        requiresSellingPlan
        combinedListingRole
        templateSuffix
        tracksInventory
        totalInventory
        createdAt
        updatedAt
        publishedAt
        seo { title description }
        category { id fullName }
        variantsCount { count precision }
        mediaCount { count precision }
        featuredMedia { id }
        options {
          id
          name
          position
          linkedMetafield { namespace key }
          optionValues { id name hasVariants linkedMetafieldValue swatch { color } }
        }
        media {
          edges {
            node {
              __typename
              id
              alt
              mediaContentType
              status
              mediaErrors { code message details }
              mediaWarnings { code message }
              preview { status image { url width height } }
              ... on MediaImage { mimeType createdAt updatedAt image { id url width height } }
              ... on Video { filename duration createdAt updatedAt videoSources: sources { url mimeType format width height fileSize } }
              ... on ExternalVideo { host embedUrl originUrl createdAt updatedAt }
              ... on Model3d { filename createdAt updatedAt modelSources: sources { url mimeType format filesize } }
            }
          }
        }
      }
    }
  }
}
`

const docB2BulkVariants = `{
  productVariants {
    edges {
      node {
        __typename
        id
        legacyResourceId
        title
        position
        sku
        barcode
        price
        compareAtPrice
        taxable
        inventoryPolicy
        inventoryQuantity
        availableForSale
        requiresComponents
        showUnitPrice
        createdAt
        updatedAt
        product { id }
        selectedOptions { name value optionValue { id } }
        unitPriceMeasurement { measuredType quantityUnit quantityValue referenceUnit referenceValue }
        inventoryItem {
          id
          tracked
          sku
          requiresShipping
          countryCodeOfOrigin
          provinceCodeOfOrigin
          harmonizedSystemCode
          updatedAt
          unitCost { amount currencyCode }
          measurement { weight { value unit } }
        }
      }
    }
  }
}
`

const docB3BulkVariantMedia = `{
  productVariants {
    edges {
      node {
        id
        media { edges { node { __typename id } } }
      }
    }
  }
}
`

const docB4BulkInventory = `{
  inventoryItems {
    edges {
      node {
        __typename
        id
        tracked
        sku
        updatedAt
        inventoryLevels(includeInactive: true) {
          edges {
            node {
              __typename
              id
              isActive
              createdAt
              updatedAt
              location { id }
              quantities(names: ["available", "on_hand", "committed", "incoming", "reserved", "damaged", "quality_control", "safety_stock"]) {
                name
                quantity
                updatedAt
              }
            }
          }
        }
      }
    }
  }
}
`

const docB5BulkCollections = `{
  collections {
    edges {
      node {
        __typename
        id
        legacyResourceId
        handle
        title
        descriptionHtml
        sortOrder
        templateSuffix
        updatedAt
        seo { title description }
        image { id url altText width height }
        productsCount { count precision }
        sources {
          __typename
          id
          title
          description
          app { id }
          ... on CollectionConditionsSource {
            targetType
            shareable
            inclusion { matchType conditions { __typename id } }
            exclusion { matchType conditions { __typename id } }
          }
          ... on CollectionSubCollectionsSource { collections { id } }
        }
        products { edges { node { id } } }
      }
    }
  }
}
`

const docB7BulkAllInOne5conn = `{
  products {
    edges {
      node {
        id
        updatedAt
        variants {
          edges {
            node {
              id
              media { edges { node { __typename id } } }
              inventoryItem {
                id
                inventoryLevels {
                  edges { node { id location { id } quantities(names: ["available", "on_hand"]) { name quantity } } }
                }
              }
            }
          }
        }
        media { edges { node { __typename id } } }
      }
    }
  }
}
`

const docB8BulkIds = `{
  products {
    edges {
      node {
        __typename
        id
        updatedAt
        variantsCount { count precision }
        variants { edges { node { __typename id updatedAt } } }
      }
    }
  }
}
`
