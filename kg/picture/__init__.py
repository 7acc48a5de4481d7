"""Questions → pictures: networks, timelines and maps as SVG that is the same bytes each time; PNG and HTML of them."""
