package io.skyferry.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/// The classes of the product, without tests, read once.
final class Product {
    static final String ROOT = "io.skyferry.";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.skyferry");

    private Product() {}

    static JavaClasses classes() {
        return CLASSES;
    }
}
