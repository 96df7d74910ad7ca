/** What every store owes its callers, and the rows it is shown with. Other modules may run the contract on their own stores. */
@NullMarked
package bricklayer.store;

import org.jspecify.annotations.NullMarked;
