package org.catalogdrop.page.mapping;

import java.nio.file.Path;

/**
 * A file whose rows show what a mapping does.
 *
 * @param id identifies it in addresses
 * @param name the name of the drop
 * @param file where it is
 * @param words what it is, for a person
 */
record MappingSample(String id, String name, Path file, String words) {}
