/** Certificates and private keys from PEM files, as OpenSSL writes them. For server and client; imports nothing but the JDK. */
@NullMarked
package bricklayer.pem;

import org.jspecify.annotations.NullMarked;
