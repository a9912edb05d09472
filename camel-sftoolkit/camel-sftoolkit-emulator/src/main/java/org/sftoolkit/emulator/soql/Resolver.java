package org.sftoolkit.emulator.soql;

/**
 * Turns an expression of a statement into something that can be read.
 *
 * @param <T> what is read from: a row, or in HAVING a group of rows
 */
interface Resolver<T> {
    /** @throws SoqlException if a name is unknown or a function does not fit */
    Column<T> resolve(Expression expression);
}
