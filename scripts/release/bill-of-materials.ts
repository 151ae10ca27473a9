import { Enums, Models, Serialize, Spec } from "@cyclonedx/cyclonedx-library";
import type { BundledPackage } from "./bundled-packages.ts";

export interface Product {
  readonly version: string;
  readonly commit: string;
  /** Date of the commit. */
  readonly date: Date;
}

const purlOf = (name: string, version: string): string => `pkg:npm/${name.replace(/^@/, "%40")}@${version}`;

/** The license of an SPDX identifier or expression. Throws a RangeError for an identifier that SPDX does not know. */
const licenseOf = (license: string): Models.License =>
  /[ ()]/.test(license) ? new Models.LicenseExpression(license) : new Models.SpdxLicense(license);

function componentOf({ name, version, license, homepage }: BundledPackage): Models.Component {
  const [group, plain = name] = name.startsWith("@") ? name.split("/") : [undefined, name];
  const component = new Models.Component(Enums.ComponentType.Library, plain, {
    version,
    bomRef: purlOf(name, version),
    purl: purlOf(name, version),
    scope: Enums.ComponentScope.Required,
  });
  if (group !== undefined) component.group = group;
  component.licenses.add(licenseOf(license));
  if (homepage !== null) {
    component.externalReferences.add(new Models.ExternalReference(homepage, Enums.ExternalReferenceType.Website));
  }
  return component;
}

/** A CycloneDX 1.6 document of the archive's contents. Contains nothing that differs between two builds of a commit. */
export function billOfMaterials({ version, commit, date }: Product, packages: readonly BundledPackage[]): string {
  const product = new Models.Component(Enums.ComponentType.Application, "wsc-dashboard", {
    version,
    bomRef: `wsc-dashboard@${version}`,
  });
  product.licenses.add(licenseOf("Apache-2.0"));
  product.properties.add(new Models.Property("wsc-dashboard:commit", commit));
  const bom = new Models.Bom({ metadata: new Models.Metadata({ timestamp: date, component: product }) });
  for (const found of packages) {
    const component = componentOf(found);
    bom.components.add(component);
    product.dependencies.add(component.bomRef);
  }
  const serializer = new Serialize.JsonSerializer(new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6));
  return `${serializer.serialize(bom, { sortLists: true, space: 1 })}\n`;
}

/** Each package with its licence texts. */
export function thirdPartyLicenses(packages: readonly BundledPackage[]): string {
  const rule = "-".repeat(80);
  const parts = packages.map(({ name, version, license, homepage, texts }) =>
    [
      `${name} ${version} (${license})${homepage === null ? "" : `\n${homepage}`}`,
      ...(texts.length === 0 ? [`The package comes without a licence text; its licence is ${license}.`] : texts),
    ].join("\n\n"),
  );
  return `${[`WSC Dashboard contains these packages.`, ...parts].join(`\n\n${rule}\n\n`)}\n`;
}
