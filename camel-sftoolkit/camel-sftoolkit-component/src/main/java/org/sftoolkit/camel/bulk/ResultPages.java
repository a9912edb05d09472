package org.sftoolkit.camel.bulk;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Pages of a query job's rows that can be read at once.
 *
 * @param locators of the pages, in order
 * @param next     locator of further such pages, or null
 */
public record ResultPages(List<String> locators, @Nullable String next) {}
