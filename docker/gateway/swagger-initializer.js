window.addEventListener('load', () => {
  document.title = 'Yizhan 驿站 API';
  window.ui = SwaggerUIBundle({
    url: '../openapi.json',
    dom_id: '#swagger-ui',
    deepLinking: true,
    persistAuthorization: true,
    tryItOutEnabled: true,
  });
});
