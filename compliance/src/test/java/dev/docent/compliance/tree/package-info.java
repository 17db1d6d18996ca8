@NullMarked
package dev.docent.compliance.tree;

import org.jspecify.annotations.NullMarked;
